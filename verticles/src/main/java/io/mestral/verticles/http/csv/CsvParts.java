package io.mestral.verticles.http.csv;

import io.mestral.config.CsvOptions;
import io.mestral.verticles.csv.CsvArchive;
import io.micrometer.core.instrument.MeterRegistry;

/** What CSV over HTTP stands on. */
public record CsvParts(CsvArchive archive, CsvOptions options, MeterRegistry meters) {}
