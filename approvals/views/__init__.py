"""The Head's queue and decision, and the presses that belong to approval."""
