"""The models of bench/models for QuTiP 5: H, collapse operators, initial state, times, observables.

A channel of rate r and operator L is the collapse operator sqrt(r) L. Qubits count as in the model files: |1> is excited,
sm = |0><1| = destroy(2), site 1 is the leftmost factor. Pair, three qubits and half excited are given in the frame that
takes omega out, which changes no observable: with it QuTiP takes fifty times as long for a pair.
"""

from math import sin, sqrt

import numpy as np
from qutip import basis, destroy, qeye, qzero_like, tensor


def on_site(operator, site, count):
    factors = [qeye(2)] * count
    factors[site] = operator
    return tensor(factors)


def lowering(count):
    return [on_site(destroy(2), j, count) for j in range(count)]


def projector(state):
    return state.unit().proj()


def pair(alpha=0.0, delta=0.0, kappa=0.001, omega=0.0):
    s1, s2 = lowering(2)
    ground = tensor(basis(2, 0), basis(2, 0))
    channels = [sqrt(2 * kappa) * (s1 + s2)]
    if alpha > 0:
        channels += [sqrt(2 * alpha) * s for s in (s1, s2)]
    return dict(
        H=omega * s1.dag() * s1 + (omega + delta) * s2.dag() * s2,
        c_ops=channels,
        state=s1.dag() * ground,
        tlist=np.linspace(0, 5000, 201),
        e_ops=[s1.dag() * s1 + s2.dag() * s2, projector((s1.dag() - s2.dag()) * ground)],
    )


def three_qubits(kappa=0.001, omega=0.0):
    s = lowering(3)
    ground = tensor([basis(2, 0)] * 3)
    number = sum(a.dag() * a for a in s)
    dark = (2 * s[0].dag() - s[1].dag() - s[2].dag()) * ground
    return dict(
        H=omega * number,
        c_ops=[sqrt(2 * kappa) * sum(s)],
        state=s[1].dag() * s[2].dag() * ground,
        tlist=np.linspace(0, 5000, 201),
        e_ops=[number, projector(dark)],
    )


def clockwork(kappa=1.0, gamma=3.0, beta=0.1, epsilon=2.0):
    g, zero, one, e = (basis(4, k) for k in range(4))
    qudit = lambda to, start: tensor(to * start.dag(), qeye(2))
    s = tensor(qeye(4), destroy(2))
    ket = lambda a, b: tensor((g, zero, one, e)[a], basis(2, b))
    return dict(
        H=epsilon * (qudit(g, e) + qudit(e, g)),
        c_ops=[
            sqrt(2 * kappa) * (qudit(zero, one) + s),
            sqrt(2 * gamma) * qudit(one, e),
            sqrt(2 * beta) * qudit(g, zero),
        ],
        state=ket(2, 0),
        tlist=np.linspace(0, 20, 201),
        e_ops=[qudit(one, one), s.dag() * s, projector(ket(2, 0) - ket(1, 1)), qudit(e, e)],
    )


def half_excited(N=10, alpha=0.05):
    return excited(int(N), alpha, None)


def detuned(N=10, alpha=0.05, delta=1.0):
    return excited(int(N), alpha, lambda j: delta * sin(7 * j))


def excited(N, alpha, frequency):
    s = lowering(N)
    numbers = [a.dag() * a for a in s]
    total = sum(numbers)
    return dict(
        H=qzero_like(total) if frequency is None else sum(frequency(j) * n for j, n in enumerate(numbers, 1)),
        c_ops=[sqrt(2) * sum(s)] + [sqrt(2 * alpha) * a for a in s],
        state=tensor([basis(2, 1)] * (N // 2) + [basis(2, 0)] * (N - N // 2)),
        tlist=np.linspace(0, 5, 101),
        e_ops=[total, numbers[0]],
    )


def driven_qubit():
    s = destroy(2)
    return dict(
        H=1.5 * (s + s.dag()),
        c_ops=[s],
        state=basis(2, 0),
        tlist=np.linspace(0, 100, 101),
        e_ops=[s.dag() * s, 1j * (s - s.dag())],
    )


def kerr():
    a = destroy(50)
    n = a.dag() * a
    return dict(
        H=0.1 * n + 0.025 * a.dag() ** 2 * a**2 + 2 * (a + a.dag()),
        c_ops=[sqrt(1.2) * a, sqrt(0.2) * a.dag()],
        state=basis(50, 0),
        tlist=np.linspace(0, 10, 100),
        e_ops=[n],
    )


def tfim():
    s = lowering(12)
    sx = [a + a.dag() for a in s]
    sy = [1j * (a - a.dag()) for a in s]
    sz = [2 * a.dag() * a - 1 for a in s]
    at = lambda x, y: sz[4 * (y % 3) + x % 4]
    bonds = sum(at(x, y) * (at(x + 1, y) + at(x, y + 1)) for x in range(4) for y in range(3))
    return dict(
        H=bonds + 0.2 * sum(sx),
        c_ops=s,
        state=tensor([basis(2, 1)] * 12),
        tlist=np.linspace(0, 10, 100),
        e_ops=[sum(x) / 12 for x in (sx, sy, sz)],
    )


MODELS = {
    "pair": pair,
    "three-qubits": three_qubits,
    "clockwork": clockwork,
    "half-excited": half_excited,
    "driven-qubit": driven_qubit,
    "kerr": kerr,
    "detuned": detuned,
    "tfim": tfim,
}


def build(name, settings):
    """settings: ["N=6", "alpha=0.05*kappa", ...]; kappa is that of the model file."""
    values = {key: eval(text, {"kappa": 0.001}) for key, text in (s.split("=") for s in settings)}
    return MODELS[name](**values)
