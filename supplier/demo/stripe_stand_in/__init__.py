"""A stand-in for Stripe on loopback, for the demo and the tests: the real `stripe` client talks to it.

No money moves.

Run it with `python -m supplier.demo.stripe_stand_in`. It knows what the shop uses: Checkout Sessions with their hosted
page, payment intents, refunds, events, idempotency keys and signed webhooks. Standard library only.
"""
