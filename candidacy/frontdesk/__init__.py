"""The front desk: the public web app that receives visitors' messages, has each one answered, and hands the replies on.

Only its own process (`main`) and tests start it; nothing else imports from here, and visitors reach it over HTTP.
"""
