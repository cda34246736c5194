package io.mestral.storage.embedded.readings.examination;

import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.sealing.Sealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Looks through the files of a store that goes on, and has mended what is broken. */
public record Examination(ReadingsFolder folder, Sealer sealer) {
  /**
   * What each file holds, by its name.
   *
   * @param looked gets the number of bytes after each row
   */
  public Map<String, ReadingsCheck.Result> run(LongConsumer looked) {
    Map<String, ReadingsCheck.Result> results = new LinkedHashMap<>();
    for (YearMonth month : List.copyOf(folder.months())) {
      int epoch = folder.epoch();
      ReadingsCheck.Result result = examine(folder.fileOf(month), looked, results);
      if (result.broken()) sealer.damageListener().fileDamaged(month, epoch);
    }
    int epoch = folder.newestEpoch();
    if (examine(folder.newestFile(), looked, results).broken()) sealer.suspectNewest(epoch);
    return results;
  }

  private static ReadingsCheck.Result examine(
      Path file, LongConsumer looked, Map<String, ReadingsCheck.Result> results) {
    if (!Files.exists(file)) return new ReadingsCheck.Result(0, List.of(), false);
    ReadingsCheck.Result result = ReadingsCheck.of(file, looked);
    results.put(file.getFileName().toString(), result);
    return result;
  }
}
