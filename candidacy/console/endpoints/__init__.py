"""The console's endpoints, one file a page with what is sent from it; thin, and reached through `routes.ROUTES` alone.

Each takes a `StaffRequest`, which the guard has let in, and gives a response.
"""
