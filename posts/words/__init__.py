"""Questions about words alone: how long they are, whom they name, what changed. No database."""
