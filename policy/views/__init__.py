"""Pages about what the policy asks for besides posts."""
