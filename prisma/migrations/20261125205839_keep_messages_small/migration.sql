-- AlterTable: what is folded is read as a whole and never searched, so it is kept as it was written.
ALTER TABLE "attempt" ALTER COLUMN "state" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "life_sign" ALTER COLUMN "state" SET DATA TYPE JSON;

-- AlterTable: bodies are kept as bytes, and compressed from now on. The events are translated from them when they are read.
ALTER TABLE "message" DROP COLUMN "events";
ALTER TABLE "message" ALTER COLUMN "body" SET DATA TYPE BYTEA USING convert_to("body", 'UTF8');
-- Compressed once is enough.
ALTER TABLE "message" ALTER COLUMN "body" SET STORAGE EXTERNAL;
