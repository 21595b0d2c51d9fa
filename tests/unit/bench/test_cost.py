"""What is told of a message's cost."""

from bench.cost import Cost, report


def test_the_cost_is_that_of_one_message() -> None:
    cost = Cost(
        messages=200,
        seconds=20.0,
        processor_seconds={"Rasa": 9.0, "front desk": 8.4},
        connections=26,
        kept_bytes=200 * 3 * 1024,
        logged_bytes=200 * 30 * 1024,
    )
    assert [line.split() for line in report(cost).splitlines()[1:5]] == [
        ["Rasa", "45.0", "ms", "of", "a", "core"],
        ["front", "desk", "42.0", "ms", "of", "a", "core"],
        ["kept", "on", "disk", "3.0", "KB"],
        ["written", "ahead", "30.0", "KB"],
    ]
    assert "10.0 a second" in report(cost)
