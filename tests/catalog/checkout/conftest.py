from tests.visit import shop

__all__ = ["shop"]
