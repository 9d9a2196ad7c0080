"""What every test has: a place of its own (plugins) and the named people (cast)."""

pytest_plugins = [
    "tests.plugins.isolation",
    "tests.plugins.optional",
    "tests.plugins.browser",
    "tests.servers.website",
    "tests.cast",
]
