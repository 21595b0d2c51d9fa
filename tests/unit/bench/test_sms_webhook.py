"""What is made of the webhooks' times."""

from bench.sms_webhook import Plan, figures


def test_figures() -> None:
    times = [number / 1000 for number in range(100, 0, -1)]
    assert figures(times) == [("p50", 51.0), ("p95", 96.0), ("p99", 100.0), ("longest", 100.0)]
    assert figures([0.25]) == [("p50", 250.0), ("p95", 250.0), ("p99", 250.0), ("longest", 250.0)]


def test_a_plan_counts_its_texts() -> None:
    assert Plan(people=32, per_second=2.5, seconds=40).texts == 100
