/** Apache Parquet files, written in one pass. */
package dev.catnap.cost.focus.parquet;
