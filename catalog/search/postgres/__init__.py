"""The search engine on PostgreSQL's full text: no server of its own, and true in the transaction of each change."""

from .main import PostgresEngine

__all__ = ["PostgresEngine"]
