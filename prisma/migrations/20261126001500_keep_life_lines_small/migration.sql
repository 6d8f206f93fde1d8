-- A life line is kept as bytes (lib/projections/packed-life.ts). What is there stays JSON, and is read as such, until its
-- attempt beats again. The buckets in beat_chunk stay where they are.
-- The columns are in the order that leaves no gaps between them.
CREATE TABLE "packed_life_sign" (
    "last_received_at" TIMESTAMPTZ(3) NOT NULL,
    "interval_ms" INTEGER,
    "attempt_id" TEXT NOT NULL,
    "signs" BYTEA NOT NULL
);
INSERT INTO "packed_life_sign" ("last_received_at", "interval_ms", "attempt_id", "signs")
SELECT "last_received_at", "interval_ms", "attempt_id", convert_to("state"::text, 'UTF8') FROM "life_sign";
DROP TABLE "life_sign";
ALTER TABLE "packed_life_sign" RENAME TO "life_sign";
ALTER TABLE "life_sign" ADD CONSTRAINT "life_sign_pkey" PRIMARY KEY ("attempt_id");
-- Room for three versions of each row: one transaction's beats rewrite all rows of a page, and what it replaces can be
-- taken away only once no transaction of before it is open.
ALTER TABLE "life_sign" SET (fillfactor = 30);
-- Chunks are written when they are put away, which is seldom.
ALTER TABLE "beat_chunk" SET (fillfactor = 90);
