-- A batch of beats rewrites all rows of a page at once. With room for as many again the new versions stay in the page, and
-- the next batch takes the place of the old ones. Without it the tables grew forty times over between two vacuums.
ALTER TABLE "life_sign" SET (fillfactor = 45);
ALTER TABLE "beat_chunk" SET (fillfactor = 45);
