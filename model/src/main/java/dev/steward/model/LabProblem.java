package dev.steward.model;

/** What a model is for. */
public enum LabProblem {
  /** How a series goes on, step by step. */
  FORECAST,
  /** How much of a resource its busiest hours will need: the peak of the steps ahead. */
  RIGHTSIZING
}
