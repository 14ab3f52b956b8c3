package dev.steward.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record of which changed copies are made: {@code XBuilder.builder(x)} names what changes. {@code
 * XBuilder.builder()} makes a new one, component by component, of which it lets none be left out.
 */
@RecordBuilder.Template(
    options =
        @RecordBuilder.Options(
            builderMode = RecordBuilder.BuilderMode.STAGED,
            enableGetters = false,
            enableWither = false,
            addStaticBuilder = false))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
@interface Copied {}
