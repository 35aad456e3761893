"""`./bin/lighthouse`: what Lighthouse says of the main pages of a running demo, on a phone.

Lighthouse and the Node it wants are installed outside the project, in the user's cache.
"""
