"""How sure a share is that was seen in so many cases."""

from scipy.stats import beta

CONFIDENCE = 0.95


def clopper_pearson(count: int, total: int) -> tuple[float, float]:
    """The exact bounds of a share, from 0 to 1; of none out of none nothing is known."""
    tail = (1 - CONFIDENCE) / 2
    low = float(beta.ppf(tail, count, total - count + 1)) if count else 0.0
    high = float(beta.ppf(1 - tail, count + 1, total - count)) if count < total else 1.0
    return low, high
