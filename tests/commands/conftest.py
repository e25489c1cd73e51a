from tests.engines.translator.conftest import cache, converted  # noqa: F401  fixtures
