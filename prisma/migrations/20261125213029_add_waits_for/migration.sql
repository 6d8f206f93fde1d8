-- AlterTable
ALTER TABLE "run" ADD COLUMN     "waits_for" TEXT[] DEFAULT ARRAY[]::TEXT[];
