-- AlterTable
ALTER TABLE "run" ADD COLUMN     "log_position" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "policy_change" (
    "position" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "who" TEXT NOT NULL,
    "threshold" TEXT NOT NULL,
    "pipeline" TEXT NOT NULL,
    "node" TEXT NOT NULL DEFAULT '',
    "value" DOUBLE PRECISION,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "policy_change_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "verdict_change" (
    "position" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "node_key" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "attempt_id" TEXT NOT NULL DEFAULT '',
    "change" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "rule_class" TEXT NOT NULL,
    "certainty" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "policy" JSONB NOT NULL DEFAULT '[]',
    "from_position" BIGINT NOT NULL,
    "to_position" BIGINT NOT NULL,
    "messages" UUID[],

    CONSTRAINT "verdict_change_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "worker" (
    "pool" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("pool")
);

-- CreateIndex
CREATE INDEX "policy_change_threshold_pipeline_node_position_idx" ON "policy_change"("threshold", "pipeline", "node", "position" DESC);

-- CreateIndex
CREATE INDEX "verdict_change_run_id_position_idx" ON "verdict_change"("run_id", "position");

-- Both tell what was done and said: they are appended to, and never changed.
CREATE TRIGGER policy_change_is_append_only BEFORE UPDATE OR DELETE ON "policy_change"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_change_is_not_emptied BEFORE TRUNCATE ON "policy_change"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER verdict_change_is_append_only BEFORE UPDATE OR DELETE ON "verdict_change"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER verdict_change_is_not_emptied BEFORE TRUNCATE ON "verdict_change"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
