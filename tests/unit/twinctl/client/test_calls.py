import pytest

from twinctl.client.calls import path_of
from twinctl.errors import Misused, NotFound


def test_a_path_holds_whatever_a_name_may_be() -> None:
    assert path_of("twins", "a b?c#%") == "/twins/a%20b%3Fc%23%25"


def test_nothing_is_called_by_a_path() -> None:
    with pytest.raises(NotFound, match=r"there is no \.\./twins"):
        path_of("keys", "../twins")


def test_an_empty_name_does_not_stand_for_all() -> None:
    with pytest.raises(Misused, match="a name is empty"):
        path_of("tenants", "")
