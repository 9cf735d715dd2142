import numpy as np
import pytest

from nlp.regression import ENOUGH_ROWS, FOLDS, fitted, out_of_fold, shared_fit


def rows_and_truth(count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    rows = np.hstack([random.normal(size=(count, 3)), np.ones((count, 1))]).astype(np.float32)
    truth = (rows[:, :2] > 0).astype(np.float32)
    return rows, truth


def test_it_finds_what_each_target_depends_on() -> None:
    rows, truth = rows_and_truth(200)
    found = fitted(rows, truth, np.zeros_like(truth))
    assert ((rows @ found > 0) == (truth > 0)).mean() > 0.97


def test_nothing_to_learn_from_leaves_everything_where_it_starts() -> None:
    rows, truth = rows_and_truth(10)
    start = np.where(truth > 0, 30, -30).astype(np.float32)
    assert np.abs(fitted(rows, truth, start)).max() < 1e-5


@pytest.mark.parametrize("count", [12, FOLDS * ENOUGH_ROWS])
def test_no_row_is_judged_by_weights_that_have_seen_it(count: int) -> None:
    rows, truth = rows_and_truth(count)
    odds, unseen = out_of_fold(rows, truth, np.zeros_like(truth))
    assert unseen.sum() == (count if count < FOLDS * ENOUGH_ROWS else ENOUGH_ROWS)
    place = int(np.flatnonzero(unseen)[0])
    truth[place] = 1 - truth[place]
    changed, _ = out_of_fold(rows, truth, np.zeros_like(truth))
    assert np.allclose(odds[place], changed[place])


def test_a_shared_coefficient_stays_at_its_prior_without_rows() -> None:
    prior = np.array([0.5, -1.0])
    found = shared_fit(np.zeros((0, 2), np.float32), np.zeros(0, np.float32), prior, np.ones(2))
    assert found.tolist() == prior.tolist()


def test_shared_coefficients_come_back_from_a_start_that_is_far_too_sure() -> None:
    odds = np.full(400, 12, np.float32)
    columns, truth = np.stack([odds, np.ones_like(odds)], axis=-1), np.tile([0, 1, 0, 1], 100).astype(np.float32)
    found = shared_fit(columns, truth, np.array([1.0, 0.0]), np.array([1.0, 1.0]))
    assert abs(columns[0] @ found) < 0.1


def test_what_nobody_knows_teaches_nothing() -> None:
    rows, truth = rows_and_truth(60)
    known = fitted(rows, truth, np.zeros_like(truth))
    truth[:, 0] = np.nan
    assert np.allclose(fitted(rows, truth, np.zeros_like(truth)), known * [0, 1], atol=1e-6)
