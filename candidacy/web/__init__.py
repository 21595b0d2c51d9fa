"""What both web apps need alike: their way to the records, whose request it is, where it comes from, what is logged.

The front desk and the console call it; it knows neither, and calls the records alone.
"""
