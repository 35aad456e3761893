"""The mailbox of the demo and the tests: takes every letter by SMTP on loopback and shows it in the browser.

Run it with `python -m supplier.demo.mail_catcher --smtp-port N --web-port M --folder var/mail`.
Nothing leaves the machine.
"""
