ALTER TABLE "connections" ADD COLUMN "tokens_issued_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refreshing_until" timestamp with time zone;