from __future__ import annotations

import pytest

from foundation.inference import hardware, openvino_settings

AMX = "processor : 0\nmodel name : Xeon\nflags : fpu avx2 avx512f avx512_vnni avx512_bf16 amx_bf16\n\nprocessor : 1"
EPYC = "processor : 0\nmodel name : EPYC\nflags : fpu avx avx2 fma\n\nprocessor : 1\nflags : avx512f"


def test_features_are_read_from_the_first_processor() -> None:
    strong, plain = hardware.parse_cpuinfo(AMX, 2), hardware.parse_cpuinfo(EPYC, 2)
    assert strong.features == ("avx2", "avx512", "vnni", "avx512_bf16", "amx_bf16")
    assert strong.fast_bf16
    assert plain.features == ("avx2",)
    assert not plain.fast_bf16
    assert (plain.model, plain.cores) == ("EPYC", 2)


def test_a_machine_without_cpuinfo_has_no_features() -> None:
    assert hardware.parse_cpuinfo("", 4).features == ()


def test_auto_wants_the_gpu_then_openvino_then_torch() -> None:
    assert hardware.choose_engine(cuda=True, openvino=True) == "torch"
    assert hardware.choose_engine(cuda=False, openvino=True) == "openvino"
    assert hardware.choose_engine(cuda=False, openvino=False) == "torch"


def test_not_more_threads_than_cores_are_used() -> None:
    assert 1 <= hardware.usable_cores() <= (hardware.os.cpu_count() or 1)
    assert openvino_settings.choose(hardware.parse_cpuinfo(AMX, 3)).threads == 3
    assert openvino_settings.choose(hardware.parse_cpuinfo(AMX, 3), threads=1).threads == 1


def test_waiting_threads_sleep_unless_the_administrator_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOMP_SPINCOUNT", raising=False)
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    hardware.calm_threads()
    assert hardware.os.environ["GOMP_SPINCOUNT"] == "20000"
    assert hardware.os.environ["OMP_WAIT_POLICY"] == "ACTIVE"
