"""Names to ids: aliases, parameters, parents, unknown names."""

from __future__ import annotations

import pytest

from claimx.naming import benchmark, method_key, metric


@pytest.mark.parametrize("surface", ["top-1", "Top-1 acc.", "top-1 accuracy", "Top 1 Accuracy"])
def test_aliases_are_one(surface: str) -> None:
    assert (metric(surface).id, metric(surface).parameter) == ("top-k-accuracy", "1")


def test_a_parameter_is_no_part_of_the_id() -> None:
    ten, one = metric("pass@10"), metric("Pass@1")
    assert (ten.id, ten.parameter, ten.name) == ("pass@k", "10", "pass@10")
    assert (one.id, one.parameter) == ("pass@k", "1")


def test_a_child_knows_its_parent() -> None:
    assert benchmark("ImageNet V2").parent == benchmark("ImageNet").id == "imagenet"


def test_unknown_names_stay_as_written() -> None:
    name = benchmark("Quarry Town")
    assert (name.id, name.name, name.known) == ("~quarrytown", "Quarry Town", False)
    assert benchmark("quarry-town").id == name.id


def test_methods_fold() -> None:
    assert method_key("Foo-Net") == method_key("foonet")
