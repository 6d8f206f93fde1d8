import io.openlineage.client.Clients;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;

/** Sends one run through the OpenLineage client that is on the class path, as the configuration file says. */
class Send {
  public static void main(String[] args) throws Exception {
    UUID runId = UUID.fromString(args[0]);
    String name = args[1];
    ZonedDateTime started = ZonedDateTime.parse(args[2]);
    ZonedDateTime alive = ZonedDateTime.parse(args[3]);
    ZonedDateTime ended = ZonedDateTime.parse(args[4]);

    OpenLineage ol = new OpenLineage(URI.create("https://example.com/unmodified-client"));
    OpenLineage.Run run = ol.newRunBuilder().runId(runId).build();
    OpenLineage.Job job = ol.newJobBuilder().namespace("unmodified-clients").name(name).build();
    OutputDataset written =
        ol.newOutputDatasetBuilder()
            .namespace("file")
            .name("/" + name)
            .outputFacets(
                ol.newOutputDatasetOutputFacetsBuilder()
                    .outputStatistics(
                        ol.newOutputStatisticsOutputDatasetFacetBuilder().rowCount(7L).size(70L).build())
                    .build())
            .build();

    try (OpenLineageClient client = Clients.newClient()) {
      client.emit(ol.newJobEvent(started, job, List.of(), List.of()));
      client.emit(event(ol, EventType.START, started, run, job, List.of()));
      client.emit(event(ol, EventType.RUNNING, alive, run, job, List.of()));
      client.emit(event(ol, EventType.COMPLETE, ended, run, job, List.of(written)));
      client.emit(
          ol.newDatasetEvent(
              ended, ol.newStaticDatasetBuilder().namespace("file").name("/" + name).build()));
    }
  }

  private static RunEvent event(
      OpenLineage ol,
      EventType type,
      ZonedDateTime at,
      OpenLineage.Run run,
      OpenLineage.Job job,
      List<OutputDataset> outputs) {
    return ol.newRunEvent(at, type, run, job, List.of(), outputs);
  }
}
