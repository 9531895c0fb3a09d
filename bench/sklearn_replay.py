#!/usr/bin/python3
"""The replay that data people would write: pandas reads, numpy makes the features, scikit-learn predicts.

Usage: OMP_NUM_THREADS=1 sklearn_replay.py TRAIN.csv REPLAY.csv ENCODINGS.json

Learns as many trees of the same size as the shipped model has, then replays the second file through them and through
the heuristic: MAE of both, the mean difference with its error by booking and by day. Prints one JSON line with the
seconds of each stage. Needs Debian's python3-sklearn and python3-pandas.
"""
import json
import sys
import time

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

TREES = 229
LEAVES = 6
DEPTH = 3
BATCH_ROWS = 100_000


def main(train_path, replay_path, encodings_path):
    with open(encodings_path) as file:
        encodings = json.load(file)
    model = HistGradientBoostingRegressor(
        max_iter=TREES, max_leaf_nodes=LEAVES, max_depth=DEPTH, learning_rate=0.05, early_stopping=False)
    train = pd.read_csv(train_path)
    train = train[train["actual_delay_minutes"].notna()]
    features, _ = features_of(train, encodings)
    model.fit(features, train["actual_delay_minutes"])

    stages = {"reading": 0.0, "features": 0.0, "model": 0.0, "statistics": 0.0}
    rows, sums, by_day = 0, np.zeros(4), {}
    started = time.perf_counter()
    for table in pd.read_csv(replay_path, chunksize=BATCH_ROWS):
        table = table[table["actual_delay_minutes"].notna()]
        started = passed(stages, "reading", started)
        features, distance = features_of(table, encodings)
        started = passed(stages, "features", started)
        predicted = model.predict(features)
        started = passed(stages, "model", started)
        actual = table["actual_delay_minutes"].to_numpy()
        model_error = np.abs(predicted - actual)
        heuristic_error = np.abs(3 + 0.5 * distance - actual)
        difference = model_error - heuristic_error
        sums += [model_error.sum(), heuristic_error.sum(), difference.sum(), (difference ** 2).sum()]
        days = pd.Series(difference).groupby(table["scheduled_time"].str[:10].to_numpy()).agg(["sum", "count"])
        for day, total, count in days.itertuples():
            known = by_day.get(day, (0.0, 0))
            by_day[day] = (known[0] + total, known[1] + count)
        rows += len(table)
        started = passed(stages, "statistics", started)
    mean = sums[2] / rows
    by_booking = np.sqrt((sums[3] / rows - mean ** 2) / rows)
    residuals = np.array([total - mean * count for total, count in by_day.values()])
    print(json.dumps({
        "rows": rows, "stages": stages, "mae": [sums[0] / rows, sums[1] / rows],
        "difference": mean, "errors": [by_booking, np.sqrt((residuals ** 2).sum()) / rows]}))


def passed(stages, name, started):
    now = time.perf_counter()
    stages[name] += now - started
    return now


def features_of(table, encodings):
    """The 22 features of the shipped model, in its order, and the distance in km."""
    local = pd.to_datetime(table["scheduled_time"], utc=True).dt.tz_convert("Europe/Zurich")
    hour, weekday = local.dt.hour.to_numpy(), local.dt.weekday.to_numpy()
    distance = haversine(*(table[name].to_numpy() for name in ("pickup_lat", "pickup_lon", "dropoff_lat", "dropoff_lon")))
    distance = np.where(np.isnan(distance), table["distance_meters"] / 1000, distance)
    duration = table["duration_seconds"].fillna(pd.Series(distance * 420, index=table.index)).to_numpy()
    medical = table["medical_facility"].notna().to_numpy().astype(float)
    urgent = table["is_urgent"].astype(float).to_numpy()
    round_trip = table["is_round_trip"].astype(float).to_numpy()
    priority = np.where((medical == 1) | (urgent == 1), 0.8, 0.5)
    driver = table["driver_total_bookings"].to_numpy(dtype=float)
    peak = np.select(
        [np.isin(hour, (7, 8, 17, 18)), np.isin(hour, (6, 9, 16, 19)), np.isin(hour, (12, 13))], (0.8, 0.6, 0.5), 0.3)
    traffic = peak * np.where(weekday >= 5, 0.6, 1)
    weather = weather_factor(table)
    level = np.where(np.isnan(driver), np.nan, (driver > 50).astype(float) + (driver > 200))
    columns = [
        hour, weekday, distance, duration, medical, urgent, round_trip, priority, driver, traffic, weather,
        distance * traffic, distance * weather, traffic * weather, medical * distance, urgent * traffic,
        (weekday > 4).astype(float), np.sin(2 * np.pi * hour / 24), np.cos(2 * np.pi * hour / 24),
        encoded(encodings["delay_by_hour"], hour), encoded(encodings["delay_by_day"], weekday),
        encoded(encodings["delay_by_driver_exp"], level)]
    return np.column_stack(columns), distance


def haversine(lat1, lon1, lat2, lon2):
    half_lat, half_lon = np.radians(lat2 - lat1) / 2, np.radians(lon2 - lon1) / 2
    a = np.sin(half_lat) ** 2 + np.cos(np.radians(lat1)) * np.cos(np.radians(lat2)) * np.sin(half_lon) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(1, a)))


def weather_factor(table):
    temperature, wind = table["weather.main.temp"].to_numpy(), table["weather.wind.speed"].to_numpy() * 3.6
    rain, snow = table["weather.rain.1h"].fillna(0).to_numpy(), table["weather.snow.1h"].fillna(0).to_numpy()
    visibility, clouds = table["weather.visibility"].to_numpy(), table["weather.clouds.all"].to_numpy()
    wet = np.where(snow > 0, np.minimum(0.4, 0.2 + 0.05 * snow), np.where(rain > 0, np.minimum(0.3, 0.1 + 0.02 * rain), 0))
    severity = wet + np.select([wind > 50, wind > 30], (0.2, 0.1), 0) + np.where(clouds > 80, 0.05, 0)
    severity += np.select([visibility < 1000, visibility < 5000], (0.2, 0.1), 0)
    cold = [(temperature < -5) | (temperature > 35), (temperature < 0) | (temperature > 30)]
    severity += np.select(cold, (0.1, 0.05), 0)
    return np.where(np.isnan(temperature), 0.5, 0.5 + 0.5 * np.minimum(0.95, severity) / 0.95)


def encoded(encoding, keys):
    by_key = {float(key): value for key, value in encoding["values"].items()}
    return pd.Series(keys).map(by_key).where(~np.isnan(keys.astype(float))).fillna(encoding["default"]).to_numpy()


main(*sys.argv[1:])
