"""Sends one run through the OpenLineage client that is installed, as the configuration file of the environment says."""

import logging
import sys

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import (
    DatasetEvent,
    Job,
    JobEvent,
    OutputDataset,
    Run,
    RunEvent,
    RunState,
    StaticDataset,
)
from openlineage.client.facet_v2 import output_statistics_output_dataset

# What the client itself has to complain of goes to standard error, where the caller looks.
logging.basicConfig(level=logging.WARNING)

run_id, job_name, started, alive, ended = sys.argv[1:]
producer = "https://example.com/unmodified-client"
job = Job(namespace="unmodified-clients", name=job_name)
written = OutputDataset(
    namespace="file",
    name=f"/{job_name}",
    outputFacets={
        "outputStatistics": output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=7, size=70)
    },
)


def event(state: RunState, at: str, outputs: list[OutputDataset]) -> RunEvent:
    return RunEvent(
        eventTime=at,
        producer=producer,
        run=Run(runId=run_id),
        job=job,
        eventType=state,
        outputs=outputs,
    )


client = OpenLineageClient()
client.emit(JobEvent(eventTime=started, producer=producer, job=job))
client.emit(event(RunState.START, started, []))
client.emit(event(RunState.RUNNING, alive, []))
client.emit(event(RunState.COMPLETE, ended, [written]))
client.emit(
    DatasetEvent(
        eventTime=ended,
        producer=producer,
        dataset=StaticDataset(namespace="file", name=f"/{job_name}"),
    )
)
if not client.close(timeout=30):
    sys.exit("The client could not send everything within 30 s.")
