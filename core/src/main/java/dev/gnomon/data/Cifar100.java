package dev.gnomon.data;

import java.nio.file.Path;
import java.util.List;

/// Photographs of a hundred kinds of things in twenty groups: 50,000 to train on and 10,000 to test with, each `[32, 32, 3]` of
/// uint8; labels `[n, 1]` as Keras has them.
///
/// See [KnownDataSet#CIFAR_100] for files, source and licence.
public final class Cifar100 {
    private static final int LABELS = 2;

    private Cifar100() {}

    /// Which of the two labels of a picture is learned.
    public enum Labels {
        /// One of twenty groups.
        COARSE(
                0,
                """
                aquatic_mammals fish flowers food_containers fruit_and_vegetables
                household_electrical_devices household_furniture insects large_carnivores
                large_man-made_outdoor_things large_natural_outdoor_scenes
                large_omnivores_and_herbivores medium_mammals non-insect_invertebrates people
                reptiles small_mammals trees vehicles_1 vehicles_2
                """),
        /// One of a hundred kinds.
        FINE(
                1,
                """
                apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy
                bridge bus butterfly camel can castle caterpillar cattle chair chimpanzee
                clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant
                flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower
                leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom
                oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate
                poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark
                shrew skunk skyscraper snail snake spider squirrel streetcar sunflower
                sweet_pepper table tank telephone television tiger tractor train trout tulip
                turtle wardrobe whale willow_tree wolf woman worm
                """);

        private final int place;
        private final String names;

        /// @param place of the label in a record
        Labels(int place, String names) {
            this.place = place;
            this.names = names.strip();
        }

        /// The names of the classes in the order of their numbers.
        public List<String> classNames() {
            return List.of(names.split("\\s+"));
        }
    }

    /// Reads the set from the data folder that [DataFolder#resolve] finds.
    public static TrainTest load(Labels labels) {
        return load(DataFolder.resolve(null), labels);
    }

    /// Reads the set from `<dataFolder>/cifar-100`.
    public static TrainTest load(Path dataFolder, Labels labels) {
        return new CifarFiles(KnownDataSet.CIFAR_100, LABELS, labels.place, labels.classNames())
                .load(dataFolder);
    }
}
