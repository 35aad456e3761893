"""The styleguide, /desk/styleguide/: every component in every state, and the tokens, with samples made in code."""
