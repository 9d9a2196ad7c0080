"""The agreement: written, published once, and shown as it was."""
