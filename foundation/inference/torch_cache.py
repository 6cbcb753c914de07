"""A key-value cache with room to grow: transformers' own copies the whole of it for each new token."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

ROOM = 64  # tokens that fit before the next copy


def roomy_cache(config: Any) -> Any:
    """A `DynamicCache` of a model's configuration whose plain layers grow in steps of `ROOM` tokens.

    Layers of other kinds (sliding windows, linear attention) stay as transformers makes them.
    """
    from transformers.cache_utils import DynamicCache, DynamicLayer

    made = DynamicCache(config=config)
    made.layers = [_roomy_layer()() if type(layer) is DynamicLayer else layer for layer in made.layers]
    return made


@cache
def _roomy_layer() -> type:
    """The layer's class, made on first use because transformers must not be imported before."""
    from transformers.cache_utils import DynamicLayer

    class RoomyLayer(DynamicLayer):
        """Keys and values [rows, heads, tokens, size] are views of larger tensors."""

        _stored: list[torch.Tensor] | None = None

        def update(
            self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
        ) -> tuple[torch.Tensor, torch.Tensor]:
            """Write the new tokens behind the old ones; returns all of them."""
            old, new = self.get_seq_length(), key_states.shape[-2]
            if not self.is_initialized:
                self.lazy_initialization(key_states, value_states)
            if self._stored is None or old + new > self._stored[0].shape[-2]:
                kept = [self.keys, self.values] if old else [key_states[..., :0, :], value_states[..., :0, :]]
                self._stored = [_with_room(states, old + new) for states in kept if states is not None]
            for stored, states in zip(self._stored, (key_states, value_states), strict=True):
                stored[..., old : old + new, :] = states
            self.keys, self.values = (stored[..., : old + new, :] for stored in self._stored)
            return self.keys, self.values

        def batch_select_indices(self, indices: torch.Tensor) -> None:
            """Keep some rows."""
            length = self.get_seq_length()
            if not length:
                return
            self._stored = [
                _with_room(states, length, indices) for states in (self.keys, self.values) if states is not None
            ]
            self.keys, self.values = (stored[..., :length, :] for stored in self._stored)

    return RoomyLayer


def _with_room(states: torch.Tensor, length: int, rows: torch.Tensor | None = None) -> torch.Tensor:
    """A copy of `states`, of some rows where given, with room for `length + ROOM` tokens."""
    count, heads, old, size = states.shape
    made = states.new_empty(count if rows is None else len(rows), heads, length + ROOM, size)
    made[..., :old, :] = states if rows is None else states.index_select(0, rows)
    return made
