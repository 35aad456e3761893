from .article import Article, ArticleProduct, ArticleTechnique
from .reference import Reference
from .tag import Tag

__all__ = ["Article", "ArticleProduct", "ArticleTechnique", "Reference", "Tag"]
