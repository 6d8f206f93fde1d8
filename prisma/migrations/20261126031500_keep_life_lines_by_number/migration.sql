-- Life lines and chunks of beats are found by a number of their attempt. Its id takes 37 bytes in each row, and another
-- 50 in an index. The number comes with the attempt, and those that are there get theirs here.
ALTER TABLE "attempt" ADD COLUMN "life_id" BIGSERIAL NOT NULL;

-- The columns are in the order that leaves no gaps between them. There is room for three versions of each row, as before.
CREATE TABLE "numbered_life_sign" (
    "life_id" BIGINT NOT NULL,
    "last_received_at" TIMESTAMPTZ(3) NOT NULL,
    "interval_ms" INTEGER,
    "signs" BYTEA NOT NULL
) WITH (fillfactor = 33);
INSERT INTO "numbered_life_sign" ("life_id", "last_received_at", "interval_ms", "signs")
SELECT a.life_id, l.last_received_at, l.interval_ms, l.signs
FROM "life_sign" l JOIN "attempt" a ON a.id = l.attempt_id ORDER BY a.life_id;
DROP TABLE "life_sign";
ALTER TABLE "numbered_life_sign" RENAME TO "life_sign";
ALTER TABLE "life_sign" ADD CONSTRAINT "life_sign_pkey" PRIMARY KEY ("life_id");

CREATE TABLE "numbered_beat_chunk" (
    "life_id" BIGINT NOT NULL,
    "chunk" INTEGER NOT NULL,
    "bits" BIT(2880) NOT NULL
) WITH (fillfactor = 90);
INSERT INTO "numbered_beat_chunk" ("life_id", "chunk", "bits")
SELECT a.life_id, c.chunk, c.bits FROM "beat_chunk" c JOIN "attempt" a ON a.id = c.attempt_id ORDER BY a.life_id, c.chunk;
DROP TABLE "beat_chunk";
ALTER TABLE "numbered_beat_chunk" RENAME TO "beat_chunk";
ALTER TABLE "beat_chunk" ADD CONSTRAINT "beat_chunk_pkey" PRIMARY KEY ("life_id", "chunk");
