"""Where photos come from: whose they are, what took them, what they show besides people."""
