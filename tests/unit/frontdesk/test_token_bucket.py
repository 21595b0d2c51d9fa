"""A bucket of six a minute: six at once, then one each ten seconds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidacy.frontdesk.token_bucket import Bucket, level, take

SIX = 6


@pytest.mark.parametrize(
    ("bucket", "now", "left", "wait"),
    [
        (None, 100.0, 5.0, 0.0),
        (Bucket(tokens=1.0, at=100.0), 100.0, 0.0, 0.0),
        (Bucket(tokens=0.0, at=100.0), 100.0, 0.0, 10.0),
        (Bucket(tokens=0.0, at=100.0), 105.0, 0.5, 5.0),
        (Bucket(tokens=0.0, at=100.0), 110.0, 0.0, 0.0),
        (Bucket(tokens=0.0, at=100.0), 125.0, 1.5, 0.0),
        (Bucket(tokens=3.0, at=100.0), 9999.0, 5.0, 0.0),
    ],
    ids=["new", "one left", "empty", "half of one", "one came", "two and a half came", "long ago: full, not more"],
)
def test_take(bucket: Bucket | None, now: float, left: float, wait: float) -> None:
    assert take(bucket, per_minute=SIX, now=now) == (Bucket(tokens=left, at=now), wait)


@given(
    pauses=st.lists(st.floats(min_value=0, max_value=30), max_size=60),
    per_minute=st.integers(min_value=1, max_value=90),
)
def test_never_more_than_a_full_bucket_and_what_flowed_in(pauses: list[float], per_minute: int) -> None:
    bucket, now, taken = None, 0.0, 0
    for pause in pauses:
        now += pause
        bucket, wait = take(bucket, per_minute=per_minute, now=now)
        taken += wait == 0
    assert taken <= per_minute + now * per_minute / 60 + 1e-6


@given(tokens=st.floats(min_value=0, max_value=0.9), per_minute=st.integers(min_value=1, max_value=90))
def test_who_waits_as_long_as_was_said_gets_one(tokens: float, per_minute: int) -> None:
    bucket, wait = take(Bucket(tokens=tokens, at=0.0), per_minute=per_minute, now=0.0)
    assert level(bucket, per_minute=per_minute, now=wait) == pytest.approx(1)
