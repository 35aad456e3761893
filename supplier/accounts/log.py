"""What must not be read in a log: whoever has the token of a guest link is let in."""

import logging
import re

_TOKEN = re.compile(r"/(?P<door>o|q|m|a)/[^/\s?]{20,}")


class HideTokens(logging.Filter):
    """Django names the address of each refused request; the token in it is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        hidden = _TOKEN.sub(r"/\g<door>/…", told)
        if hidden != told:
            record.msg, record.args = hidden, ()
        return True
