-- CreateTable
CREATE TABLE "layout" (
    "shape" TEXT NOT NULL,
    "coordinates" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "layout_pkey" PRIMARY KEY ("shape")
);

-- CreateIndex
CREATE INDEX "layout_used_at_idx" ON "layout"("used_at");
