"""A working copy of the network in bfloat16, beside the weights in fp32 that learn.

Everything is computed in half precision and only the update is not (mixed precision with master
weights: Micikevicius et al., ICLR 2018). On processors with AMX this trains about 1.7 times as
fast as autocast, which converts at each step between the two.
"""

import copy
from typing import Any

import torch

POOL = 1 << 24
"""Draws kept for dropout: far more than any layer takes at once."""


class PooledDropout(torch.nn.Module):  # type: ignore[misc]  # torch is absent where types are checked.
    """Dropout whose draws are a stretch of a pool made once, from a place drawn each time.

    Drawing each anew takes a tenth of a step's time.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        drawn = torch.rand(POOL, generator=torch.Generator().manual_seed(1)) >= share
        self.pool = drawn.to(torch.bfloat16) / (1 - share)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Return the values, some of them 0 while training."""
        if not self.training:
            return values
        start = int(torch.randint(POOL - values.numel(), ()))
        return values * self.pool[start : start + values.numel()].view(values.shape)


class HalfCopy:
    """Computes gradients in bfloat16 for a network whose weights stay in fp32.

    Attributes:
        network: what computes; its weights are the master's, rounded, after each ``refresh``.
    """

    def __init__(self, master: Any) -> None:
        self._master = master
        self.network = copy.deepcopy(master).to(torch.bfloat16)
        # Plain attention: the fused kind's backward pass is slower on processors. Its own
        # dropout is left out, that of the layers' outputs stays.
        self.network.classifier.set_attn_implementation("eager")
        pools: dict[float, PooledDropout] = {}
        for module in list(self.network.modules()):
            for name, inner in list(module.named_children()):
                if isinstance(inner, torch.nn.Dropout):
                    in_attention = hasattr(module, "query")
                    pool = pools.setdefault(inner.p, PooledDropout(inner.p))
                    setattr(module, name, torch.nn.Dropout(0.0) if in_attention else pool)
        self.network.train()

    def hand_over(self) -> None:
        """Move the gradients to the weights that learn."""
        for weight, half in zip(self._master.parameters(), self.network.parameters(), strict=True):
            weight.grad = None if half.grad is None else half.grad.float()
            half.grad = None

    def refresh(self) -> None:
        """Round the weights anew, once they have learnt."""
        with torch.no_grad():
            for weight, half in zip(
                self._master.parameters(), self.network.parameters(), strict=True
            ):
                if half.requires_grad:
                    half.copy_(weight)
