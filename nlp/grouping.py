"""Groups vectors by who is near whom: points in, a group for each out. Knows nothing of texts.

Cuts the graph of nearest neighbours where it is thinnest (normalised cuts, Shi and Malik 2000), so that groups may
differ in size, which k-means on the vectors forbids. The same rows in the same order give the same groups.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import eigsh
from sklearn.cluster import KMeans
from sklearn.neighbors import kneighbors_graph
from threadpoolctl import threadpool_limits

from nlp.encoder import FloatArray, unit

Places: TypeAlias = NDArray[np.intp]
Matrix: TypeAlias = NDArray[np.float64]

SAMPLE_ROWS = 4000
"""With more rows, the first so many are grouped and the rest join their nearest: the graph of all would grow with
the square of their number. So whoever calls puts the rows in an order that has nothing to do with meaning."""
MOST_GROUPS = 12
"""How many groups are tried where nobody says how many: what a person can read in one sitting."""
FEWEST_IN_GROUP = 5
"""How many rows a group needs on average, where nobody says how many groups."""

_FEWEST_NEIGHBOURS, _MOST_NEIGHBOURS = 3, 25
_ASSIGNED_AT_ONCE = 2000  # rows: a block of similarities to the sample takes 32 MB
_STARTS = 10  # of k-means, the best of which counts
_DENSE_ROWS = 400  # up to which all eigenvectors are found at once: the sparse solver needs many more rows than groups


def grouped(vectors: FloatArray, count: int | None = None) -> Places:
    """Return the group of each row, numbered from 0, shape (n,); the largest group is 0.

    `count` is at least 1, and is lowered to the number of rows. Without it, the count of the highest modularity is
    taken: the one whose groups hold the most neighbours beyond what chance would give them.
    """
    if len(vectors) == 0:
        return np.zeros(0, dtype=np.intp)
    rows = unit(np.asarray(vectors - vectors.mean(axis=0), dtype=np.float32))
    with threadpool_limits(limits=1):  # sums over several threads differ in their last digits
        first = _cut(rows[:SAMPLE_ROWS], count)
        joined = _joined(rows[:SAMPLE_ROWS], first, rows[SAMPLE_ROWS:])
    return _largest_first(np.concatenate([first, joined]))


def _cut(rows: FloatArray, count: int | None) -> Places:
    most = min(len(rows), MOST_GROUPS if count is None else count)
    if count is None:
        most = min(most, len(rows) // FEWEST_IN_GROUP)
    if most < 2:
        return np.zeros(len(rows), dtype=np.intp)
    graph = _graph(rows)
    axes = _axes(graph, most)
    if count is not None:
        return _cut_along(axes, most)
    cuts = [_cut_along(axes, own) for own in range(2, most + 1)]
    return max(cuts, key=lambda cut: _modularity(graph, cut))


def _graph(rows: FloatArray) -> csr_array:
    """Return who is among whose nearest: 1 where both are, a half where one is."""
    near = kneighbors_graph(rows, _neighbours(len(rows)), include_self=False)
    return csr_array((near + near.T) / 2)


def _neighbours(rows: int) -> int:
    wanted = round(float(np.sqrt(rows)) / 2)
    return min(rows - 1, max(_FEWEST_NEIGHBOURS, min(_MOST_NEIGHBOURS, wanted)))


def _axes(graph: csr_array, count: int) -> Matrix:
    """Return the `count` slowest ways in which a walk along the graph mixes, shape (n, count), slowest first."""
    scale = 1 / np.sqrt(np.asarray(graph.sum(axis=0)).ravel())
    walk = diags_array(scale) @ graph @ diags_array(scale)
    if len(scale) <= _DENSE_ROWS:
        values, axes = np.linalg.eigh(walk.toarray())
    else:
        values, axes = eigsh(walk, k=count, which="LA", v0=np.ones(len(scale)))
    slowest = np.argsort(-values, kind="stable")[:count]
    return np.asarray(scale[:, None] * axes[:, slowest], dtype=np.float64)


def _cut_along(axes: Matrix, count: int) -> Places:
    means = KMeans(count, n_init=_STARTS, random_state=0)
    return np.asarray(means.fit_predict(axes[:, :count]), dtype=np.intp)


def _modularity(graph: csr_array, cut: Places) -> float:
    """Return the share of edges inside groups beyond chance (Newman 2004), below 1."""
    total = float(graph.sum())
    degrees = np.asarray(graph.sum(axis=0)).ravel()
    edges = graph.tocoo()
    inside = float(edges.data[cut[edges.row] == cut[edges.col]].sum()) / total
    by_chance = (np.bincount(cut, weights=degrees) / total) ** 2
    return inside - float(by_chance.sum())


def _joined(sample: FloatArray, cut: Places, others: FloatArray) -> Places:
    """Return the group that most of each other row's nearest in the sample are in."""
    member = np.eye(int(cut.max()) + 1, dtype=np.float32)[cut]
    blocks = [others[start : start + _ASSIGNED_AT_ONCE] for start in range(0, len(others), _ASSIGNED_AT_ONCE)]
    return np.concatenate([np.zeros(0, dtype=np.intp), *(_votes(sample, member, block) for block in blocks)])


def _votes(sample: FloatArray, member: FloatArray, block: FloatArray) -> Places:
    near = block @ sample.T
    nearest = np.argpartition(-near, _MOST_NEIGHBOURS, axis=1)[:, :_MOST_NEIGHBOURS]
    weights = np.take_along_axis(near, nearest, axis=1)
    return np.asarray((weights[:, :, None] * member[nearest]).sum(axis=1).argmax(axis=1), dtype=np.intp)


def _largest_first(cut: Places) -> Places:
    """Return the groups numbered by size, those of equal size by their first row, without gaps."""
    _, firsts, own, sizes = np.unique(cut, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((firsts, -sizes))
    return np.asarray(np.argsort(order)[own], dtype=np.intp)
