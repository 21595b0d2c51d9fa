"""The front desk's text messages: what Twilio calls, the taking up of what came in, the sending, and the private page.

`channel` puts it together for the app; without the settings of text messages none of it is there.
"""
