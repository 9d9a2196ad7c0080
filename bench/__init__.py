"""Measures of speed and size: ratios and counts, each taken in one run beside its yardstick."""
