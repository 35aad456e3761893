"""None: the desk shows what the subjects keep. (Django tells of migrations only to apps with this file.)"""
