"""The quickest of QuTiP's settings for a problem: a data layer for the operators, then an integrator, by a trial of each.

Trials are short, so that the two best are to be timed again.
"""

import multiprocessing
import os
import signal
import sys
from math import inf
from time import process_time

# The quickest as a rule comes first: a trial that takes longer than the best so far, and a little, is ended.
METHODS = ["tsit5", "adams", "vern7", "bdf", "vern9", "dop853", "lsoda", "diag", "krylov"]
# Where a trial takes seconds.
METHODS_OF_MANY = METHODS[:3]
MANY = 10000
LAYERS = ["csr", "dia", "dense"]
# A dense operator of so many states holds 16 MB.
MOST_DENSE = 1024
MOST_SECONDS = 60
SLACK_SECONDS = 0.1


def in_layer(problem, layer):
    """The problem with its operators in a data layer; its state stays a dense vector, as QuTiP makes it."""
    convert = lambda operators: [operator.to(layer) for operator in operators]
    return problem | dict(
        H=problem["H"].to(layer), c_ops=convert(problem["c_ops"]), e_ops=convert(problem["e_ops"])
    )


def options(method, **more):
    # The direct method takes no steps, and Krylov's are not limited.
    steps = {"diag": {}, "krylov": {"krylov_dim": 20}}.get(method, {"nsteps": 100000})
    return {"method": method, "progress_bar": "", **steps, **more}


def seconds(work):
    """Processor time."""
    start = process_time()
    work()
    return process_time() - start


def trial(work, limit):
    """Processor time of `work` in a process that ends after `limit` seconds of it; infinite where it fails."""
    ours, theirs = multiprocessing.Pipe()

    def answer():
        signal.setitimer(signal.ITIMER_PROF, limit)
        try:
            theirs.send(seconds(work))
        except BaseException as error:
            # Not every version has every integrator, and not every integrator manages every model.
            print(error, file=sys.stderr)
            os._exit(1)

    process = multiprocessing.get_context("fork").Process(target=answer)
    process.start()
    process.join()
    return ours.recv() if ours.poll() else inf


def fastest(problem, states, forms, solve):
    """(form, layer, method) of which solve(problem in layer, method, form) takes the least time, and the next one.

    `states`: what the operators of the equation act on; `forms`: of the equation, where QuTiP offers several.
    """
    times = {}

    def attempt(form, layer, method):
        limit = min([MOST_SECONDS, *times.values()]) + SLACK_SECONDS
        taken = trial(lambda: solve(in_layer(problem, layer), method, form), limit)
        print(f"{form} {layer}, {method}: {taken:.3g} s", file=sys.stderr)
        if taken < inf:
            times[form, layer, method] = taken

    layers = LAYERS if states <= MOST_DENSE else LAYERS[:-1]
    for form in forms:
        for layer in layers:
            attempt(form, layer, METHODS[0])
    if not times:
        raise RuntimeError(f"a trial takes over {MOST_SECONDS} s")
    form, layer, _ = min(times, key=times.get)
    for method in (METHODS if states < MANY else METHODS_OF_MANY)[1:]:
        attempt(form, layer, method)
    return sorted(times, key=times.get)[:2]
