"""What every test may use. Fixtures of one room live in that room's own conftest."""

pytest_plugins = ["tests.postgres", "tests.skips"]
