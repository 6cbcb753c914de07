from __future__ import annotations

import threading
import time

from foundation.jobs.gate import Gate


def never() -> bool:
    return False


def test_ordinary_chunks_run_beside_each_other_and_a_suspect_alone() -> None:
    gate, lock = Gate(), threading.Lock()
    inside: list[str] = []
    seen: list[tuple[str, ...]] = []
    both = threading.Barrier(2, timeout=10)

    def ordinary() -> None:
        with gate.entered(alone=False, stop=never):
            both.wait()  # breaks unless two are inside at once
            time.sleep(0.05)

    def enter(name: str, *, alone: bool) -> None:
        with gate.entered(alone=alone, stop=never) as entered:
            assert entered
            with lock:
                inside.append(name)
                seen.append(tuple(inside))
            time.sleep(0.02)
            with lock:
                inside.remove(name)

    pair = [threading.Thread(target=ordinary) for _ in range(2)]
    others = [threading.Thread(target=enter, args=(f"s{n}",), kwargs={"alone": True}) for n in range(3)]
    others += [threading.Thread(target=enter, args=(f"o{n}",), kwargs={"alone": False}) for n in range(6)]
    for thread in [*pair, *others]:
        thread.start()
    for thread in [*pair, *others]:
        thread.join(10)
    assert not both.broken
    assert len(seen) == 9
    assert all(len(names) == 1 for names in seen if any(name.startswith("s") for name in names))


def test_waiting_ends_when_told_to_stop() -> None:
    gate, told = Gate(), threading.Event()
    threading.Timer(0.05, told.set).start()
    with gate.entered(alone=False, stop=never), gate.entered(alone=True, stop=told.is_set) as entered:
        assert not entered
    with gate.entered(alone=True, stop=never) as entered:
        assert entered, "the one that gave up waits no more"
