"""The models of bench/models for QuTiP 5: H, collapse operators, initial state, times, observables.

A channel of rate r and operator L is the collapse operator sqrt(r) L. Qubits count as in the model files: |1> is excited,
sm = |0><1| = destroy(2), site 1 is the leftmost factor.
"""

from math import sqrt

import numpy as np
from qutip import basis, destroy, qeye, tensor


def on_site(operator, site, count):
    factors = [qeye(2)] * count
    factors[site] = operator
    return tensor(factors)


def lowering(count):
    return [on_site(destroy(2), j, count) for j in range(count)]


def projector(state):
    return state.unit().proj()


def pair(alpha=0.0, delta=0.0, kappa=0.001, omega=1.0):
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


def three_qubits(kappa=0.001, omega=1.0):
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
    N = int(N)
    s = lowering(N)
    number = sum(a.dag() * a for a in s)
    return dict(
        H=number,
        c_ops=[sqrt(2) * sum(s)] + [sqrt(2 * alpha) * a for a in s],
        state=tensor([basis(2, 1)] * (N // 2) + [basis(2, 0)] * (N - N // 2)),
        tlist=np.linspace(0, 5, 101),
        e_ops=[number, s[0].dag() * s[0]],
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


def flip():
    s = destroy(2)
    return dict(
        H=0 * s,
        c_ops=[s, s.dag()],
        state=basis(2, 1),
        tlist=np.linspace(0, 2, 101),
        e_ops=[s.dag() * s],
    )


MODELS = {
    "pair": pair,
    "three-qubits": three_qubits,
    "clockwork": clockwork,
    "half-excited": half_excited,
    "kerr": kerr,
    "flip": flip,
}


def build(name, settings):
    """settings: ["N=6", "alpha=0.05*kappa", ...]; kappa is that of the model file."""
    values = {key: eval(text, {"kappa": 0.001}) for key, text in (s.split("=") for s in settings)}
    return MODELS[name](**values)
