package dev.gnomon.model;

import dev.gnomon.data.Dataset;
import dev.gnomon.train.Callback;
import dev.gnomon.train.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Who looks at every training before it begins and while it goes on. Found through [ServiceLoader].
public interface FitWatch {
    /// A training is about to begin.
    ///
    /// @param data the samples that are trained on, or null where they are made on demand
    /// @param validation what is validated on, or null
    /// @return a callback that is told of the training, or null
    @Nullable Callback begin(
            Model model, @Nullable Dataset data, @Nullable Dataset validation, Fit settings);

    /// The callbacks of all who watch.
    static List<Callback> all(
            Model model, @Nullable Dataset data, @Nullable Dataset validation, Fit settings) {
        List<Callback> callbacks = new ArrayList<>();
        for (FitWatch watch : ServiceLoader.load(FitWatch.class, FitWatch.class.getClassLoader())) {
            Callback callback = watch.begin(model, data, validation, settings);
            if (callback != null) {
                callbacks.add(callback);
            }
        }
        return callbacks;
    }
}
